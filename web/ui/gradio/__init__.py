"""What Gradio may do: its imports, events, routes and network, and its private parts that the page depends on."""
