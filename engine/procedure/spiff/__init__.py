"""Our SpiffWorkflow: its tasks, specs and workflows, with what does not suit a file that lives for years replaced.

Why and what is told in engine/procedure/README.md. Nothing of SpiffWorkflow is patched: everything here is a subclass,
so another user of the library in the same interpreter is not disturbed.
"""
