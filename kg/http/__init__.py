"""`kg serve`: a graph over HTTP, as a SPARQL endpoint to read from and a page.

server.py       the process: its socket, its signals, its end
connections.py  HTTP itself (uvicorn), with the patience that a header gets
app.py          what answers which path; guard.py stands before all of it
endpoint.py     /sparql: protocol.py reads the question, negotiation.py the formats
pool.py         the worker processes, each asked one query at a time, killed at the limit
answering.py    a question given to a worker, its answer passed on
worker.py       such a process: parses and answers; confine.py is what the system denies it
page/           what a worker draws: an entity, an answer, a drawing; names looked up
pages.py        / and the paths of the pages; templates/ and static/ are what they are made of
"""
