"""The history of the schema, one numbered file per step: `pre` adds, `post` removes one release later."""
