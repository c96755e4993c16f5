public import MarketplaceCore

extension EventSchema {
    /// The payload as an Avro schema (Apache Avro 1.11), with a line feed at the end; the text depends on the schema
    /// alone.
    ///
    /// A choice one of whose texts is no name in Avro becomes a string. Events on the feed are written in JSON; this
    /// is the schema for a registry, and for whoever writes them in Avro's binary form.
    public var avroSchema: String {
        var writer = AvroWriter()
        return SchemaText.of(
            writer.record(
                record,
                name: name,
                namespace: "marketplace",
                about: "Version \(version) of the event \(name)."
            )
        )
    }
}
