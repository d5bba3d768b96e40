-- A mark on each list the chat holds in memory: another whenever the list is. A mark is drawn and not counted,
-- so none comes back after a change that was undone.
CREATE TABLE list_marks (
  list TEXT PRIMARY KEY NOT NULL,
  mark INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO list_marks VALUES ('customers', random()), ('spec_items', random());

CREATE TRIGGER customers_mark_insert AFTER INSERT ON customers BEGIN
  UPDATE list_marks SET mark = random() WHERE list = 'customers';
END;
CREATE TRIGGER customers_mark_delete AFTER DELETE ON customers BEGIN
  UPDATE list_marks SET mark = random() WHERE list = 'customers';
END;
CREATE TRIGGER customers_mark_update AFTER UPDATE ON customers
WHEN (old.id, old.netsuite_id, old.name, old.aliases, old.city, old.state)
  IS NOT (new.id, new.netsuite_id, new.name, new.aliases, new.city, new.state)
BEGIN
  UPDATE list_marks SET mark = random() WHERE list = 'customers';
END;

CREATE TRIGGER spec_items_mark_insert AFTER INSERT ON spec_items BEGIN
  UPDATE list_marks SET mark = random() WHERE list = 'spec_items';
END;
CREATE TRIGGER spec_items_mark_delete AFTER DELETE ON spec_items BEGIN
  UPDATE list_marks SET mark = random() WHERE list = 'spec_items';
END;
CREATE TRIGGER spec_items_mark_update AFTER UPDATE ON spec_items
WHEN (old.item_code, old.description, old.aliases, old.brand, old.category, old.pack)
  IS NOT (new.item_code, new.description, new.aliases, new.brand, new.category, new.pack)
BEGIN
  UPDATE list_marks SET mark = random() WHERE list = 'spec_items';
END;
