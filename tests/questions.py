"""A small invented film world in which every question of the catalogue has an answer, and those answers."""

from __future__ import annotations

ARTICLES = {
    "rain.txt": """Rain/Film | director | Al Poe/Person
Rain/Film | writer | Al Poe/Person
Rain/Film | castMember | Al Poe/Person
Rain/Film | editor | Cy Bly/Person
Rain/Film | composer | Bea Bly/Person
Rain/Film | soundtrackPerformer | The Drops/Organization
Rain/Film | productionCompany | Wet Films/Organization
Rain/Film | releaseYear | 1932^xsd:integer
Rain/Film | runtime | 81^xsd:integer
Rain/Film | genre | drama
Rain/Film | language | Norwegian
Rain/Film | country | Norway/Place
Rain/Film | castMember | Ann Bly+Bly/Person | portrayed=Mina Roe/Character | billing=lead
Rain/Film | castMember | Dan Éck/Person | role=bartender
Ann Bly+Bly/Person | plays | Mina Roe/Character
Ann Bly+Bly/Person | childOf | Cy Bly/Person | gender=female
Ann Bly+Bly/Person | sibling | Bea Bly/Person
Ann Bly+Bly/Person | birthDate | 1901^xsd:integer
Ann Bly+Bly/Person | birthPlace | Bergen/Place
Cy Bly/Person | occupation | editor
Rain/Film | basedOn | The Wet Year/Novel
The Wet Year/Novel | author | Eve Fox/Person
Rain/Film | setIn | Bergen/Place
Rain/Film | filmedIn | Oslo/Place
Rain/Film | budget | 80000^xsd:decimal^NOK
Rain/Film | boxOffice | 120000^xsd:decimal^NOK | bound=at least""",
    "awards.txt": """\
Ann Bly/Person | awardWon | Bear for Best Actress/Award | forFilm=Rain/Film | year=1933^xsd:integer
Ann Bly/Person | awardNominated | Lion/Award | forFilm=Rain/Film | year=1933^xsd:integer
Rain/Film | awardNominated | Lion/Award | year=1933^xsd:integer
Gil Ode/Person | awardWon | Owl/Award
Ann Bly/Person | spouse | Dan Éck/Person
Drought/Film | director | Al Poe/Person
Drought/Film | castMember | Ann Bly/Person
Drought/Film | castMember | Gil Ode/Person
Drought/Film | runtime | 140^xsd:integer
Ann Bly/Person | birthDate | 1903^xsd:integer
Ida Orr/Person | reviewerOf | Rain/Film | publication=The Post/Publication | quote=Wet, and long.
Rain/Film | aggregateRating | 92% | audience=critics""",
    "later.txt": """Flood/Film | sequelOf | Rain/Film
Flood/Film | releaseYear | 1935^xsd:integer
Flood/Film | castMember | Gil Ode/Person
Flood/Film | castMember | Hal Ives/Person
Storm/Film | castMember | Hal Ives/Person
Storm/Film | castMember | Joy Kerr/Person
Storm/Film | remakeOf | Flood/Film
Rain/Film | director | Al Poe/Person
Dan Éck/Person | spouse | Ann Bly/Person
Storm/Film | airedOn | Nova/Organization | date=1950-04-27^xsd:date | time=20:15^xsd:time""",
}


ANSWERS: dict[str, tuple[dict[str, str], list[tuple[str, ...]]]] = {
    "actor-director-pairs": ({}, [("Ann Bly", "Al Poe", "2")]),
    "actors-behind-the-camera": ({}, [("Al Poe", "Rain", "director"), ("Al Poe", "Rain", "writer")]),
    "adaptations": ({}, [("Rain", "1932", "The Wet Year", "novel", "Eve Fox")]),
    "awards-by-year": ({}, [("1933", "1", "2")]),
    "awards-of-person": (
        {},
        [
            ("Ann Bly", "won", "Bear for Best Actress", "Rain", "1933"),
            ("Ann Bly", "nominated", "Lion", "Rain", "1933"),
            ("Gil Ode", "won", "Owl", "", ""),
        ],
    ),
    "awards": (
        {},
        [
            ("Gil Ode", "won", "Owl", "", ""),
            ("Ann Bly", "won", "Bear for Best Actress", "Rain", "1933"),
            ("Ann Bly", "nominated", "Lion", "Rain", "1933"),
            ("Rain", "nominated", "Lion", "", "1933"),
        ],
    ),
    "broadcasts": ({}, [("Nova", "1950-04-27", "20:15:00", "", "Storm")]),
    "budget-and-box-office": ({}, [("Rain", "NOK", "80000", "120000", "1.5")]),
    "cast-of-film": (
        {},
        [
            ("Drought", "Ann Bly", "", "", ""),
            ("Drought", "Gil Ode", "", "", ""),
            ("Flood", "Gil Ode", "", "", ""),
            ("Flood", "Hal Ives", "", "", ""),
            ("Rain", "Al Poe", "", "", ""),
            ("Rain", "Ann Bly", "Mina Roe", "", "lead"),
            ("Rain", "Dan Éck", "", "bartender", ""),
            ("Storm", "Hal Ives", "", "", ""),
            ("Storm", "Joy Kerr", "", "", ""),
        ],
    ),
    "co-star-links": (
        {"person": "Dan Eck", "other": "Joy Kerr"},
        [("4", "Rain", "Ann Bly", "Drought", "Gil Ode", "Flood", "Hal Ives", "Storm")],
    ),
    "co-stars": (
        {"person": "ann bly"},
        [("Al Poe", "Rain", "1932"), ("Dan Éck", "Rain", "1932"), ("Gil Ode", "Drought", "")],
    ),
    "companies": ({}, [("Rain", "production company", "Wet Films")]),
    "contradictions": ({}, [("Ann Bly", "birth date", "1901", "rain.txt", "1903", "awards.txt")]),
    "crew-of-film": (
        {},
        [
            ("Drought", "director", "Al Poe"),
            ("Rain", "composer", "Bea Bly"),
            ("Rain", "director", "Al Poe"),
            ("Rain", "editor", "Cy Bly"),
            ("Rain", "writer", "Al Poe"),
        ],
    ),
    "document-says": (
        {"document": "later.txt"},
        [
            ("0", "Flood", "sequel of", "Rain", "Flood/Film | sequelOf | Rain/Film", "0.9"),
            ("34", "Flood", "release year", "", "Flood/Film | releaseYear | 1935^xsd:integer", "0.9"),
            ("78", "Flood", "cast member", "Gil Ode", "Flood/Film | castMember | Gil Ode/Person", "0.9"),
            ("119", "Flood", "cast member", "Hal Ives", "Flood/Film | castMember | Hal Ives/Person", "0.9"),
            ("161", "Storm", "cast member", "Hal Ives", "Storm/Film | castMember | Hal Ives/Person", "0.9"),
            ("203", "Storm", "cast member", "Joy Kerr", "Storm/Film | castMember | Joy Kerr/Person", "0.9"),
            ("245", "Storm", "remake of", "Flood", "Storm/Film | remakeOf | Flood/Film", "0.9"),
            ("280", "Rain", "director", "Al Poe", "Rain/Film | director | Al Poe/Person", "0.9"),
            ("317", "Dan Éck", "spouse", "Ann Bly", "Dan Éck/Person | spouse | Ann Bly/Person", "0.9"),
            (
                "358",
                "Storm",
                "aired on",
                "Nova",
                "Storm/Film | airedOn | Nova/Organization | date=1950-04-27^xsd:date | time=20:15^xsd:time",
                "0.9",
            ),
        ],
    ),
    "family-on-film": ({}, [("Rain", "Ann Bly", "cast member", "Cy Bly", "editor")]),
    "famous-children": (
        {},
        [("Drought", "Ann Bly", "daughter of", "Cy Bly"), ("Rain", "Ann Bly", "daughter of", "Cy Bly")],
    ),
    "filmography": ({"person": "Ann Bly"}, [("Drought", "", "cast member"), ("Rain", "1932", "cast member")]),
    "films-by-country": ({}, [("Norway", "Rain", "1932")]),
    "films-by-decade": ({}, [("1930", "1932", "Rain"), ("1930", "1935", "Flood")]),
    "films-by-genre": ({}, [("drama", "Rain", "1932")]),
    "films-by-language": ({}, [("Norwegian", "Rain", "1932")]),
    "films-with-both": (
        {"person": "Ann Bly", "other": "Al Poe"},
        [
            ("Drought", "cast member", "director"),
            ("Rain", "cast member", "cast member"),
            ("Rain", "cast member", "director"),
            ("Rain", "cast member", "writer"),
        ],
    ),
    "honoured-performances": (
        {},
        [
            ("Ann Bly", "Rain", "won", "Bear for Best Actress", "1933"),
            ("Ann Bly", "Rain", "nominated", "Lion", "1933"),
        ],
    ),
    "lives": (
        {},
        [
            ("Ann Bly", "birth date", "1901", ""),
            ("Ann Bly", "birth date", "1903", ""),
            ("Ann Bly", "birth place", "", "Bergen"),
        ],
    ),
    "locations": ({}, [("Rain", "set in", "Bergen"), ("Rain", "filmed in", "Oslo")]),
    "longest-films": ({}, [("Drought", "140", ""), ("Rain", "81", "1932")]),
    "money": (
        {},
        [("Rain", "budget", "80000", "NOK", ""), ("Rain", "box office", "120000", "NOK", "at least")],
    ),
    "most-connected-people": ({}, [("Al Poe", "5", "2"), ("Ann Bly", "5", "2"), ("Bea Bly", "4", "1")]),
    "most-connected": ({}, [("Rain", "film", "14"), ("Ann Bly", "person", "9"), ("Flood", "film", "4")]),
    "nominations": ({}, [("Ann Bly", "1", "1"), ("Rain", "1", "0"), ("Gil Ode", "0", "1")]),
    "parents": ({}, [("Ann Bly", "daughter of", "Cy Bly")]),
    "ratings": ({}, [("Rain", "92%", "", "critics")]),
    "said-once": (
        {"document": "later.txt"},
        [
            ("later.txt", "Flood", "cast member", "Gil Ode"),
            ("later.txt", "Flood", "cast member", "Hal Ives"),
            ("later.txt", "Flood", "release year", ""),
            ("later.txt", "Flood", "sequel of", "Rain"),
            ("later.txt", "Storm", "aired on", "Nova"),
            ("later.txt", "Storm", "cast member", "Hal Ives"),
            ("later.txt", "Storm", "cast member", "Joy Kerr"),
            ("later.txt", "Storm", "remake of", "Flood"),
        ],
    ),
    "sentence-behind-fact": (
        {"subject": "Rain", "relation": "director", "object": "Al Poe"},
        [
            ("Rain/Film | director | Al Poe/Person", "later.txt", "280", "316", "0.9", "director/invented"),
            ("Rain/Film | director | Al Poe/Person", "rain.txt", "0", "36", "0.9", "director/invented"),
        ],
    ),
    "sequels-and-remakes": (
        {},
        [("Rain", "Storm", "", "remake of", "Flood"), ("Rain", "Flood", "1935", "sequel of", "Rain")],
    ),
    "set-here-shot-there": ({}, [("Rain", "Bergen", "Oslo")]),
    "shortest-films": ({}, [("Rain", "81", "1932"), ("Drought", "140", "")]),
    "siblings-in-film": ({}, [("Rain", "Ann Bly", "cast member", "Bea Bly", "composer")]),
    "soundtracks": ({}, [("Rain", "The Drops")]),
    "who-directed-what": ({}, [("Al Poe", "Drought", ""), ("Al Poe", "Rain", "1932")]),
    "who-played": ({}, [("Mina Roe", "Ann Bly", "Rain", "lead")]),
    "who-reviewed": ({}, [("Rain", "Ida Orr", "The Post", "", "Wet, and long.")]),
}
"""By the name of the question: its parameters, and its rows without the columns of IRIs that have labels."""
