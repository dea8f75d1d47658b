"""The entry of the dashboard: page set-up, and the router of the views."""

from pathlib import Path

import streamlit as st

from dashboard.components import permalink, review

STATIC = Path(__file__).with_name("static")

st.set_page_config(page_title="Desecration map", page_icon=str(STATIC / "icon.svg"), layout="wide")
st.html(STATIC / "page.css")
explore = st.Page("views/explore.py", title="Map", default=True)
page = st.navigation(
    [
        explore,
        st.Page("views/reports.py", title="Coverage"),
        st.Page("views/add.py", title="Add reports"),
    ],
    position="top",
)
review.keep_state()
if page != explore:
    permalink.mark_left()
page.run()
