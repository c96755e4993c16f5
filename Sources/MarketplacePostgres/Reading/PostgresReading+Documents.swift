import MarketplaceCore
import MarketplaceStorage

extension PostgresReading {
    /// The statements of a page, of which the last but one answers: with the settings of our own transactions, for what
    /// the server believes about large tables would have it compile a query for longer than it runs.
    func page(of query: DocumentQuery) -> [PostgresStatement] {
        [Self.beginReading, PostgresLocking.readSettings, documents(matching: query), PostgresWriter.commit]
    }

    /// The statement of a query, with one row more than a page to see whether there is another.
    func documents(matching query: DocumentQuery) -> PostgresStatement {
        let limit = PostgresValue.bigint(Int64(query.limit) + 1)
        let (name, collection) = (PostgresValue.text(namespace.text), PostgresValue.text(query.collection.text))
        guard let index = query.index else {
            return PostgresStatement(
                """
                select id, revision, body, ''::bytea from marketplace_document where namespace = \(Self.own) and \
                collection = $2 and id > $3 order by id limit $4
                """,
                name: "marketplace_documents",
                values: [name, collection, .text(query.cursor?.id.text ?? ""), limit]
            )
        }
        var (lower, upper) = StoredIndexKey.range(of: query)
        // Behind everything, or before everything, when there is no cursor.
        var beyond: (value: [UInt8], id: String) = query.isDescending ? (upper, "") : ([], "")
        if let cursor = query.cursor {
            beyond = (StoredIndexKey.bytes(of: cursor.values), cursor.id.text)
            if query.isDescending {
                let end = beyond.value + [0]
                if end.lexicographicallyPrecedes(upper) { upper = end }
            } else if lower.lexicographicallyPrecedes(beyond.value) {
                lower = beyond.value
            }
        }
        return PostgresStatement(
            query.isDescending ? Self.descending : Self.ascending,
            name: query.isDescending ? "marketplace_descending" : "marketplace_ascending",
            values: [
                name, collection, .text(index), .bytes(lower), .bytes(upper), .bytes(beyond.value), .text(beyond.id),
                limit, .bytes(PostgresIndexValue.head(of: lower)), .bytes(PostgresIndexValue.head(of: upper)),
            ]
        )
    }

    /// What the rows of a query say.
    func documents(_ rows: PostgresRows, matching query: DocumentQuery) throws(PostgresFailure) -> DocumentSlice {
        var documents: [StoredDocument] = []
        let count = min(rows.count, query.limit)
        for row in 0..<count {
            documents.append(
                StoredDocument(
                    key: DocumentKey(query.collection, TextKey(unchecked: try rows.text(0, of: row))),
                    revision: DocumentRevision(try rows.integer(1, of: row)),
                    body: try rows.bytes(2, of: row)
                )
            )
        }
        guard rows.count > query.limit, let last = documents.last else {
            return DocumentSlice(documents: documents, next: nil)
        }
        let value = try rows.bytes(3, of: count - 1)
        let values = try PostgresFailure.reading { () throws(BinaryFormatError) in
            try StoredIndexKey.values(of: value)
        }
        return DocumentSlice(documents: documents, next: DocumentCursor(values: values, id: last.key.id))
    }

    private static let ascending = entries(
        "(e.value, e.id) > ($6, $7)",
        order: "e.value, e.id"
    )
    private static let descending = entries(
        "(e.value, e.id) < ($6, $7)",
        order: "e.value desc, e.id desc"
    )

    /// Entries of both tables, each as few as can be on the page, then their documents.
    private static func entries(_ beyond: String, order: String) -> String {
        let index = """
            (select i.id from marketplace_index i where i.namespace = \(own) and i.collection = $2 and i.name = $3)
            """
        let range = "e.index = \(index) and e.value >= $4 and e.value < $5 and \(beyond) order by \(order) limit $8"
        return """
            select d.id, d.revision, d.body, e.value from ((select value, id, document from marketplace_entry e where \
            \(range)) union all (select value, id, document from marketplace_long_entry e where e.head >= $9 and \
            e.head <= $10 and \(range))) e join marketplace_document d on d.number = e.document order by \(order) \
            limit $8
            """
    }
}
