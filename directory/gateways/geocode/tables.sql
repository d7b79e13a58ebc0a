CREATE TABLE place (
    id INTEGER PRIMARY KEY, kind TEXT, name TEXT, label TEXT, country TEXT, region TEXT, latitude REAL, longitude REAL,
    radius_m INTEGER, zone TEXT, population INTEGER, areas TEXT, source TEXT
);
CREATE INDEX own_region ON place (country, region) WHERE kind = 'region' AND source = 'this directory';
CREATE TABLE name (key TEXT, place_id INTEGER, rank INTEGER, PRIMARY KEY (key, place_id)) WITHOUT ROWID;
CREATE INDEX name_of_place ON name (place_id);
CREATE TABLE postal (code TEXT, country TEXT, place_id INTEGER, PRIMARY KEY (code, country)) WITHOUT ROWID;
CREATE TABLE not_place (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE area_name (key TEXT, area TEXT, weight INTEGER, people INTEGER, county TEXT, PRIMARY KEY (key, area)) WITHOUT ROWID;
CREATE TABLE county (id INTEGER PRIMARY KEY, area TEXT, boundary BLOB);
CREATE VIRTUAL TABLE county_box USING rtree (id, south, north, west, east);
CREATE VIRTUAL TABLE spot USING rtree (id, south, north, west, east);
CREATE TABLE spelling (key TEXT PRIMARY KEY) WITHOUT ROWID;
