"""The page: what is shown, without Streamlit; and in views_*.py, which only app.py imports, how Streamlit shows it."""
