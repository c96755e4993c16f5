#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// How schemas are written: with sorted keys and indented, so that they can be compared and read.
enum SchemaText {
    static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            preconditionFailure("a schema consists of texts, numbers and lists, which can all be encoded")
        }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
