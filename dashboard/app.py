"""The dashboard's entry: page set-up and which view is shown."""

from pathlib import Path

import streamlit as st

STATIC = Path(__file__).with_name("static")

st.set_page_config(page_title="Desecration map", page_icon=str(STATIC / "icon.svg"), layout="wide")
st.html(STATIC / "page.css")
page = st.navigation(
    [
        st.Page("views/explore.py", title="Map", default=True),
        st.Page("views/reports.py", title="Coverage"),
        st.Page("views/add.py", title="Add reports"),
    ],
    position="top",
)
page.run()
