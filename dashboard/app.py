"""The dashboard's entry: page set-up and which view is shown."""

from pathlib import Path

import streamlit as st

from dashboard.components import address, review

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
review.keep()
if page != explore:
    address.leave()
page.run()
