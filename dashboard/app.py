"""The dashboard's entry: page set-up and which view is shown."""

from pathlib import Path

import streamlit as st

st.set_page_config(page_title="Desecration map", page_icon=":material/map:", layout="wide")
st.html(Path(__file__).with_name("static") / "page.css")
page = st.navigation(
    [
        st.Page("views/explore.py", title="Map", icon=":material/map:", default=True),
        st.Page("views/reports.py", title="Reports read", icon=":material/article:"),
    ],
    position="top",
)
page.run()
