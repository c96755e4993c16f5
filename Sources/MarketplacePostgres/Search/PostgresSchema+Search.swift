extension PostgresSchema {
    /// What ``PostgresSearchIndex`` keeps.
    ///
    /// The words of a document are a `tsvector` that our own tokenizer has made: a word of the title has weight A, one of
    /// the body weight D. Beside them stand the numbers of the namespace (`#n1`) and of the terms (`#t1`), which are no
    /// words, so that one look into one index meets all conditions on words, facets and flags. A flag is a term without
    /// a value. The numbers of a document stand in its row, by the numbers of their fields, for the conditions on them;
    /// and in a table of their own, in whose order a page that is sorted by them is read. A deleted document keeps its
    /// revision and nothing else.
    static let searchTables = [
        """
        create table marketplace_search_document (id bigint generated always as identity primary key, namespace bigint \
        not null, key text collate "C" not null, revision bigint, is_live boolean not null, words tsvector, terms \
        bigint[], numbers jsonb, unique (namespace, key))
        """,
        "create index marketplace_search_document_words on marketplace_search_document using gin (words)",
        """
        create index marketplace_search_document_live on marketplace_search_document (namespace, key) where is_live
        """,
        """
        create table marketplace_search_field (id bigint generated always as identity primary key, namespace bigint \
        not null, name text collate "C" not null, unique (namespace, name))
        """,
        """
        create table marketplace_search_term (id bigint generated always as identity primary key, field bigint not \
        null, value text collate "C" not null, unique (field, value))
        """,
        """
        create table marketplace_search_number (document bigint not null, field bigint not null, value bigint not \
        null, primary key (document, field))
        """,
        "create index marketplace_search_number_order on marketplace_search_number (field, value, document)",
    ]
}
