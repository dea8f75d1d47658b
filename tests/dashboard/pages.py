"""What is on a page under Streamlit's own test runner, and clicks in it."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest

from dashboard.api import ROUTES


def layers_of(at: AppTest) -> dict[str, dict[str, Any]]:
    """The layers of the map by name, as the browser gets them."""
    layers = json.loads(at.get("deck_gl_json_chart")[0].proto.json)["layers"]
    return {layer["id"].split("#")[0]: layer for layer in layers}


def fetched(path: str) -> Response:
    """What the dashboard answers to the browser."""
    with TestClient(Starlette(routes=ROUTES)) as client:
        return client.get(path)


def on_map(at: AppTest, layer: str, row: dict[str, Any]) -> AppTest:
    """A click on a mark of a layer."""
    name = layers_of(at)[layer]["id"]
    picked = {"selection": {"indices": {name: [0]}, "objects": {name: [row]}}}
    return click(at, at.get("deck_gl_json_chart")[0], picked)


def deck(at: AppTest) -> dict[str, list[dict[str, Any]]]:
    """Rows by layer, as the browser gets them; of those drawn individually the `areas`, and the `points` with rings."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name, layer in layers_of(at).items():
        data = layer.get("data", [])
        if name == "incidents":
            for feature in fetched(data.format(z=0, x=0, y=0)).json()["features"]:
                kind = "points" if feature["geometry"]["type"] == "Point" else "areas"
                if not feature["properties"].get("t"):
                    rows[kind].append(feature["properties"])
        elif isinstance(data, list):
            rows[name] = data
    return rows


def timeline_rows(at: AppTest) -> list[dict[str, Any]]:
    import pyarrow

    proto = at.get("vega_lite_chart")[0].proto
    return pyarrow.ipc.open_stream(proto.data.data).read_all().to_pylist()  # type: ignore[no-any-return]


def click(at: AppTest, element: Any, value: dict[str, Any]) -> AppTest:
    """What the browser sends when a mark or row is clicked."""
    states = at._tree.get_widget_states()
    kept = [w for w in states.widgets if w.id != element.proto.id]
    del states.widgets[:]
    states.widgets.extend([*kept, WidgetState(id=element.proto.id, string_value=json.dumps(value))])
    return at._run(states)


def table_of(at: AppTest) -> Any:
    """The table of incidents; a card has tables of its own."""
    return next(d for d in at.dataframe if "independent" in d.value)


def text_of(at: AppTest) -> str:
    return "\n".join(
        [*(m.value for m in at.markdown), *(h.proto.body for h in at.get("html")), *(s.value for s in at.subheader)]
    )


def looked_at(at: AppTest) -> dict[str, float]:
    return json.loads(at.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]  # type: ignore[no-any-return]
