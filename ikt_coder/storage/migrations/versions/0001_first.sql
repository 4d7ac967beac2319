-- The schema of the first version, as it was; never edited.

CREATE TABLE project (
  name VARCHAR NOT NULL,
  approach VARCHAR NOT NULL,
  research_question VARCHAR NOT NULL,
  focal_actor VARCHAR NOT NULL,
  words VARCHAR NOT NULL,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE behaviour (
  position INTEGER NOT NULL,
  action VARCHAR NOT NULL,
  actor VARCHAR NOT NULL,
  context VARCHAR NOT NULL,
  target VARCHAR NOT NULL,
  time VARCHAR NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE framework (
  "key" VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  short_name VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  citation VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE coder (
  name VARCHAR NOT NULL,
  initials VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  positionality VARCHAR NOT NULL,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE folder (
  name VARCHAR NOT NULL,
  parent_id BLOB,
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(parent_id) REFERENCES folder (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_folder_parent_id ON folder (parent_id);

CREATE TABLE operation (
  seq INTEGER NOT NULL,
  uuid BLOB NOT NULL,
  kind VARCHAR NOT NULL,
  params VARCHAR NOT NULL,
  coder_id BLOB,
  at BIGINT NOT NULL,
  schema_version INTEGER NOT NULL,
  root INTEGER NOT NULL,
  direction INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  PRIMARY KEY (seq)
);

CREATE INDEX ix_operation_root ON operation (root, seq);

CREATE TABLE journal (
  id INTEGER NOT NULL,
  op INTEGER NOT NULL,
  tbl VARCHAR NOT NULL,
  "key" BLOB NOT NULL,
  action VARCHAR NOT NULL,
  image TEXT,
  PRIMARY KEY (id)
);

CREATE INDEX ix_journal_op ON journal (op);

CREATE INDEX ix_journal_key ON journal ("key", op);

CREATE TABLE door (
  op INTEGER NOT NULL,
  PRIMARY KEY (op)
);

CREATE TABLE journal_layout (
  schema_version INTEGER NOT NULL,
  tbl VARCHAR NOT NULL,
  columns VARCHAR NOT NULL,
  PRIMARY KEY (schema_version, tbl)
);

CREATE TABLE undo_floor (
  op INTEGER NOT NULL,
  reason VARCHAR NOT NULL,
  PRIMARY KEY (op)
);

CREATE TABLE restore_point (
  id BLOB NOT NULL,
  op INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  created BIGINT NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE presence (
  host VARCHAR NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (host)
);

CREATE TABLE participant (
  label VARCHAR NOT NULL,
  group_name VARCHAR NOT NULL,
  consent VARCHAR NOT NULL,
  left_out BOOLEAN NOT NULL,
  note VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE tombstone (
  id BLOB NOT NULL,
  participant BLOB NOT NULL,
  at BIGINT NOT NULL,
  reason VARCHAR NOT NULL,
  counts VARCHAR NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE theme (
  parent_id BLOB,
  position INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  description VARCHAR NOT NULL,
  central_idea VARCHAR NOT NULL,
  boundaries VARCHAR NOT NULL,
  narrative VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  set_aside_reason VARCHAR NOT NULL,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(parent_id) REFERENCES theme (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_theme_parent_id ON theme (parent_id);

CREATE TABLE code (
  parent_id BLOB,
  position INTEGER NOT NULL,
  name VARCHAR NOT NULL,
  definition VARCHAR NOT NULL,
  include VARCHAR NOT NULL,
  exclude VARCHAR NOT NULL,
  example VARCHAR NOT NULL,
  colour VARCHAR NOT NULL,
  pattern VARCHAR NOT NULL,
  pin INTEGER,
  default_valence VARCHAR,
  framework_id BLOB,
  node_key VARCHAR,
  source_wording VARCHAR NOT NULL,
  source_page VARCHAR NOT NULL,
  applicable BOOLEAN NOT NULL,
  merged_into BLOB,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(parent_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(framework_id) REFERENCES framework (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(merged_into) REFERENCES code (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_code_parent_id ON code (parent_id);

CREATE INDEX ix_code_merged_into ON code (merged_into);

CREATE INDEX ix_code_framework_id ON code (framework_id);

CREATE TABLE level (
  framework_id BLOB NOT NULL,
  node_key VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  definition VARCHAR NOT NULL,
  position INTEGER NOT NULL,
  source_wording VARCHAR NOT NULL,
  source_page VARCHAR NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(framework_id) REFERENCES framework (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_level_framework_id ON level (framework_id);

CREATE TABLE document (
  title VARCHAR NOT NULL,
  folder_id BLOB,
  position INTEGER NOT NULL,
  status VARCHAR NOT NULL,
  lead_coder_id BLOB,
  language VARCHAR NOT NULL,
  source_name VARCHAR NOT NULL,
  source_kind VARCHAR NOT NULL,
  fingerprint VARCHAR NOT NULL,
  length INTEGER NOT NULL,
  words INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(folder_id) REFERENCES folder (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(lead_coder_id) REFERENCES coder (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_document_folder_id ON document (folder_id);

CREATE INDEX ix_document_lead_coder_id ON document (lead_coder_id);

CREATE INDEX ix_document_fingerprint ON document (fingerprint);

CREATE TABLE document_text (
  document_id BLOB NOT NULL,
  text VARCHAR NOT NULL,
  layout VARCHAR NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_document_text_document_id ON document_text (document_id);

CREATE TABLE source_file (
  document_id BLOB NOT NULL,
  name VARCHAR NOT NULL,
  data BLOB NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_source_file_document_id ON source_file (document_id);

CREATE TABLE document_edit (
  document_id BLOB NOT NULL,
  revision INTEGER NOT NULL,
  step INTEGER NOT NULL,
  at INTEGER NOT NULL,
  removed VARCHAR NOT NULL,
  inserted VARCHAR NOT NULL,
  coder_id BLOB,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_document_edit_document_id ON document_edit (document_id);

CREATE TABLE speaker (
  document_id BLOB NOT NULL,
  label VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  participant_id BLOB,
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_speaker_document_id ON speaker (document_id);

CREATE INDEX ix_speaker_participant_id ON speaker (participant_id);

CREATE TABLE document_participant (
  document_id BLOB NOT NULL,
  participant_id BLOB NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(participant_id) REFERENCES participant (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_document_participant_document_id ON document_participant (document_id);

CREATE INDEX ix_document_participant_participant_id ON document_participant (participant_id);

CREATE TABLE theme_level (
  theme_id BLOB NOT NULL,
  level_id BLOB NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(level_id) REFERENCES level (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_theme_level_theme_id ON theme_level (theme_id);

CREATE INDEX ix_theme_level_level_id ON theme_level (level_id);

CREATE TABLE theme_code (
  theme_id BLOB NOT NULL,
  code_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_theme_code_code_id ON theme_code (code_id);

CREATE INDEX ix_theme_code_theme_id ON theme_code (theme_id);

CREATE TABLE coding (
  document_id BLOB NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  code_id BLOB NOT NULL,
  coder_id BLOB,
  layer VARCHAR NOT NULL,
  valence VARCHAR,
  strength INTEGER,
  behaviour_id BLOB,
  origin VARCHAR NOT NULL,
  basis VARCHAR,
  review VARCHAR,
  memo VARCHAR NOT NULL,
  unsure BOOLEAN NOT NULL,
  star BOOLEAN NOT NULL,
  paraphrase_only BOOLEAN NOT NULL,
  do_not_quote BOOLEAN NOT NULL,
  mapping_choice VARCHAR NOT NULL,
  since_edit_id BLOB,
  created BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(behaviour_id) REFERENCES behaviour (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(since_edit_id) REFERENCES document_edit (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_coding_since_edit_id ON coding (since_edit_id);

CREATE INDEX ix_coding_behaviour_id ON coding (behaviour_id);

CREATE INDEX ix_coding_coder_id ON coding (coder_id);

CREATE INDEX ix_coding_code ON coding (code_id, coder_id, document_id);

CREATE INDEX ix_coding_document ON coding (document_id, coder_id, start);

CREATE TABLE turn (
  document_id BLOB NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  words_start INTEGER NOT NULL,
  speaker_id BLOB,
  start_ms INTEGER,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(speaker_id) REFERENCES speaker (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_turn_speaker_id ON turn (speaker_id);

CREATE INDEX ix_turn_document ON turn (document_id, start);

CREATE TABLE coding_level (
  coding_id BLOB NOT NULL,
  level_id BLOB NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(coding_id) REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(level_id) REFERENCES level (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_coding_level_level_id ON coding_level (level_id);

CREATE INDEX ix_coding_level_coding_id ON coding_level (coding_id);

CREATE TABLE memo (
  kind VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  coder_id BLOB,
  document_id BLOB,
  start INTEGER,
  "end" INTEGER,
  since_edit_id BLOB,
  coding_id BLOB,
  code_id BLOB,
  theme_id BLOB,
  shared BOOLEAN NOT NULL,
  ask BOOLEAN NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(coder_id) REFERENCES coder (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(since_edit_id) REFERENCES document_edit (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(coding_id) REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(code_id) REFERENCES code (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_memo_since_edit_id ON memo (since_edit_id);

CREATE INDEX ix_memo_theme_id ON memo (theme_id);

CREATE INDEX ix_memo_coding_id ON memo (coding_id);

CREATE INDEX ix_memo_coder_id ON memo (coder_id);

CREATE INDEX ix_memo_document_id ON memo (document_id);

CREATE INDEX ix_memo_code_id ON memo (code_id);

CREATE TABLE theme_coding (
  theme_id BLOB NOT NULL,
  coding_id BLOB NOT NULL,
  by_hand BOOLEAN NOT NULL,
  stance VARCHAR NOT NULL,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(coding_id) REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_theme_coding_coding_id ON theme_coding (coding_id);

CREATE INDEX ix_theme_coding_theme_id ON theme_coding (theme_id);

CREATE TABLE quote (
  theme_id BLOB NOT NULL,
  coding_id BLOB NOT NULL,
  document_id BLOB NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  since_edit_id BLOB,
  position INTEGER NOT NULL,
  accepted_by BLOB,
  id BLOB NOT NULL,
  PRIMARY KEY (id),
  FOREIGN KEY(theme_id) REFERENCES theme (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(coding_id) REFERENCES coding (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(since_edit_id) REFERENCES document_edit (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
  FOREIGN KEY(accepted_by) REFERENCES coder (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX ix_quote_accepted_by ON quote (accepted_by);

CREATE INDEX ix_quote_since_edit_id ON quote (since_edit_id);

CREATE INDEX ix_quote_theme_id ON quote (theme_id);

CREATE INDEX ix_quote_coding_id ON quote (coding_id);

CREATE INDEX ix_quote_document_id ON quote (document_id);
