"""Where sentences of film prose end: each line is one paragraph, `|` stands where a new sentence begins."""

from __future__ import annotations

import pytest

from kg.language import parse

PARAGRAPHS = """
J. Elder Crane designed the sets.| They burned down in 1951.
The script is by R. K. Damodar and S. Pillay.| Nobody has read it since.
She was born in St. Ives on 4 March 1921.| Her father kept a boatyard.
Mr. Farrow and Mrs. Lodge argue for an hour.| Then the rain comes.
Martin Coyle Jr. wrote the score.| His father conducted it.
The case of Harker vs. the Crown filled two reels.| Harker lost.
It was No. 1 at the box office for six weeks.| No. 2 was a western.
The film cost $4.2 million and took $11.75 million worldwide.| Critics were cool.
It airs at 12:35 a.m. on Channel 9.| Set the recorder.
The screening began at 8 p.m. and ended after midnight.
She moved to the U.S. in 1938.| Hollywood ignored her.
He taught at U.C.L.A. for years.| His students included Dora Penn.
Universal & Sons released it.| M. Hollis & Co. distributed it abroad.
“We had no money,” said Penn.| “We had a camera.”
“Did you see the rushes?” asked the producer.| Nobody had.
“What a mess!” she told him.| He agreed.
"It was never finished," Lowe recalled.| "The lab caught fire."
She said, "I never liked the ending."| The studio changed it.
Who directed it?| Nobody remembers.
What a cast!| What a waste!
The ending… well, see it yourself.
He waited... and then the projector stopped.
They never spoke again…| The film was released without him.
The plot (a man loses his hat) is thin.| The acting is not.
He won in 1962.| (She did not.)
Directed by Ann Rees.| Written by Tom Vale.| Music by Ola Berg.
The picture, shot in Malta, opened on 3 May 1957; it closed a week later.
Dr. Amos Wray plays himself.| So does his dog.
Prof. Lind found the reels in Oslo.| They were damp.
Sgt. Dole, Lt. Crane and Capt. Moss die in the first reel.
He grew up in Washington, D.C., and never left.
The film won two Oscars, three BAFTAs, etc., and was forgotten.
Gen. Ivor Stace was technical adviser.| He hated it.
The L. B. Foss Company built the tank.| It leaked.
Her Lady Macbeth was praised.| Her Juliet was not.
Rated PG-13.| Runs 104 min.
Vol. 2 followed in 2004.| Both parts were shot together.
The novel sold 1.5 million copies.| The film rights went for £900.
It scored 8.5 on one site and 92% on another.| Audiences gave it a B+.
Shooting began on Jan. 5 and ended on Feb. 28.| Editing took a year.
The Sept. 3 premiere was cancelled.
'I am not a star,' he wrote.| 'I am a carpenter.'
She plays Nora; he plays Torvald.
It is set in Minsk.| It was shot in Riga.
The first half is slow: nothing happens for forty minutes.
The critic wrote: "A triumph."| Others disagreed.
Why?| Because the money ran out.
Yes.| No.| Perhaps.
The director – a former boxer – never raised his voice.| He did not need to.
“The Glass Harbour” opened in June.| “Salt Road” followed.
In “Who Stole the Moon?” she plays a thief.| It was her last film.
Tell Me Where It Hurts! is a comedy.| It is not a funny one.
He was 41.| She was 22.
It ran for 1,204 performances.| Then came the film.
Her son, Paul, b. 1950, is a cameraman.
Cast: Ann Rees (Nora), Tom Vale (Torvald), Ola Berg (Dr. Rank).
Born Ilse Kern in Graz, she changed her name twice.| Her sister did not.
Asked about it, she laughed.| "Next question."
The film's U.S. release was delayed.| Its U.K. release was not.
"No," he said, "I was never asked."| The part went to Vale.
In 1999, 12 prints were found in a barn near Lund.| Two could be saved.
He directed three films in the '60s.| All are lost.
"""


@pytest.mark.parametrize("line", [line for line in PARAGRAPHS.splitlines() if line.strip()])
def test_sentences_end_where_a_reader_ends_them(line: str) -> None:
    parts = line.split("|")
    text = "".join(parts)
    found = [text[sentence.span.start : sentence.span.end] for sentence in parse(text).sentences]
    if text.startswith("Cast:"):
        parts = [text.removeprefix("Cast: ")]
    assert found == [part.strip() for part in parts]


def test_no_sentence_crosses_a_block() -> None:
    text = "THE LONG WINTER\n\nA village waits\n\nDirector: Ann Rees\nCast: Tom Vale\n\n- It snows\n- Again."
    parsed = parse(text)
    for sentence in parsed.sentences:
        body = parsed.blocks[sentence.block].body
        assert body.contains(sentence.span)
    assert len(parsed.sentences) == 6
