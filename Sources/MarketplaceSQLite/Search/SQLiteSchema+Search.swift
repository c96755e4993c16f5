#if SQLite
extension SQLiteSchema {
    /// What ``SQLiteSearchIndex`` keeps; no step of the tables but made by the first update of an index, so that a SQLite
    /// without FTS5 opens stores.
    ///
    /// The words stand in a table of FTS5 as our own tokenizer made them, with a space between two: the tokenizer
    /// `ascii` of SQLite takes them as they are. Beside them stand the numbers of the namespace (`n1`) and of the terms
    /// (`t1`), so that one full-text query meets all conditions on words, facets and flags. A flag is a term without a
    /// value.
    static let searchTables = """
        create table if not exists marketplace_search_document (
            id integer primary key, namespace integer not null, key text not null, revision integer not null,
            is_live integer not null, unique (namespace, key)
        ) strict;
        create index if not exists marketplace_search_live on marketplace_search_document (namespace, key) where is_live = 1;
        create table if not exists marketplace_search_field (
            id integer primary key, namespace integer not null, name text not null, unique (namespace, name)
        ) strict;
        create table if not exists marketplace_search_term (
            id integer primary key, field integer not null, value text not null, unique (field, value)
        ) strict;
        create table if not exists marketplace_search_posting (
            document integer not null, field integer not null, term integer not null,
            primary key (document, field, term)
        ) strict, without rowid;
        create table if not exists marketplace_search_number (
            document integer not null, field integer not null, value integer not null, primary key (document, field)
        ) strict, without rowid;
        create virtual table if not exists marketplace_search_word using fts5 (
            title, body, terms, tokenize = 'ascii', detail = 'column', columnsize = 0
        );
        """

    /// The table that is made last: when it is there, all are.
    static let lastSearchTable = "marketplace_search_word"
}
#endif
