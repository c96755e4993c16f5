public import MarketplaceCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

extension EventSchema {
    /// The payload as a JSON Schema (draft 2020-12), with a line feed at the end; the text depends on the schema alone.
    ///
    /// Fields that are not listed are allowed, because a later release may add optional ones.
    public var jsonSchema: String {
        let node = JSONSchemaNode(.record(record))
        node.schema = JSONSchemaNode.dialect
        node.id = "urn:marketplace:event:\(name):\(version)"
        node.title = name
        node.version = version
        return SchemaText.of(node)
    }

    /// Reads what ``jsonSchema`` wrote.
    ///
    /// - Parameter text: The bytes of the file.
    /// - Throws: ``EventSchemaFileError`` when it is something else.
    public init(jsonSchema text: [UInt8]) throws(EventSchemaFileError) {
        let node: JSONSchemaNode
        do {
            node = try JSONDecoder().decode(JSONSchemaNode.self, from: Data(text))
        } catch {
            throw EventSchemaFileError(reason: "\(error)")
        }
        guard node.schema == JSONSchemaNode.dialect else {
            throw EventSchemaFileError(reason: "its dialect is not \(JSONSchemaNode.dialect)")
        }
        guard let version = node.version, let record = node.record else {
            throw EventSchemaFileError(reason: "it has a form that this package does not write")
        }
        self.init(name: record.name, version: version, record: record)
    }
}
