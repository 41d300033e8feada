"""One process owns a data folder; the commands of the others go through it.

    record.py     <data>/owner.json: who holds the folder, and where it answers
    methods.py    what of the assistant can be called from another process, one line a method
    wire.py       values as JSON and back
    listener.py   the owner's side: a private port on loopback, for as long as the folder is held
    remote.py     the caller's side of one call
    shared.py     the assistant of a command: itself where the folder is free, else through the owner

Every owner answers on a port of its own, `serve` as well: what may be called there has nothing to do with the web, is
never reachable from another machine, and answers before the web framework is even imported.

    POST {address}/api/v1/owner/{method}      Authorization: Bearer <secret of this run>
    {"arguments": {"args": […], "kwargs": {…}}}
    → {"progress": …}* and then {"result": …} or {"error": {"kinds": […], "message": …, "hint": …}}, one a line
"""
