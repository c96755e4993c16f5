import MarketplaceJSON

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// What has to hold for any bytes that are read as a document.
public enum DocumentProperties {
    /// The most bytes of a message: every step of a path and every excerpt is cut.
    private static let longestMessage = 64 * 1024

    /// The first property that the bytes break, in words; nil when they keep all.
    public static func fault(of bytes: [UInt8]) -> String? {
        faultOfReading(bytes) ?? faultOfSyntax(bytes)
    }

    /// What is read is written to bytes that are read as an equal value; what is refused is told in a line.
    private static func faultOfReading(_ bytes: [UInt8]) -> String? {
        let value: FuzzedDocument
        do throws(JSONDocumentError) {
            value = try JSONDocument.decode(FuzzedDocument.self, from: bytes)
        } catch {
            return fault(of: error, bytes: bytes)
        }
        do throws(JSONDocumentError) {
            for layout in [JSONDocument.Layout.compact, .pretty] {
                let written = try JSONDocument.encode(value, layout: layout)
                let read = try JSONDocument.decode(FuzzedDocument.self, from: written)
                guard read == value else {
                    return "another value is read from \(String(decoding: written, as: UTF8.self))"
                }
                guard try JSONDocument.encode(read, layout: layout) == written else {
                    return "equal values differ in bytes"
                }
            }
        } catch {
            return "what was read cannot be written and read again: \(error)"
        }
        return value.faultOfPricing
    }

    /// The check of the whole text and the toolchain's decoder are of one mind, the known exceptions apart.
    private static func faultOfSyntax(_ bytes: [UInt8]) -> String? {
        let isReadByToolchain = (try? JSONDecoder().decode(JSONTree.self, from: Data(bytes))) != nil
        do throws(JSONDocumentError) {
            _ = try JSONDocument.decode(JSONTree.self, from: bytes)
            return isReadByToolchain ? nil : "the check lets pass what the decoder refuses"
        } catch {
            return switch error.problem {
            case .syntax(let expected, let found):
                // The decoder accepts a comma before a bracket, and guesses encodings that have zeros in ASCII.
                isReadByToolchain && !(expected.hasSuffix("behind the comma") && "}]".contains(found))
                    && !bytes.contains(0) ? "the check refuses what the decoder reads: \(error)" : nil
            case .unexpectedValue(let expected, _) where expected.hasPrefix("a number "):
                nil
            case .notUTF8, .tooManyMarks, .tooDeep, .tooLarge, .repeatedKey:
                // The decoder passes by what stands under a key for the second time.
                nil
            case .unexpectedValue, .missingKey, .refused:
                "a document without fault is refused: \(error)"
            }
        }
    }

    private static func fault(of error: JSONDocumentError, bytes: [UInt8]) -> String? {
        let message = error.description
        guard error.path.utf8.first == UInt8(ascii: "$") else { return "a path without a root: \(message)" }
        guard message.utf8.count < longestMessage else { return "a message of \(message.utf8.count) bytes" }
        for scalar in message.unicodeScalars where scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\u{2028}" {
            return "a message of several lines: \(message)"
        }
        for word in ["Optional(", "CodingKeys", "Swift.", "$s"] where message.contains(word) && !bytes.contains(word) {
            return "a message about Swift: \(message)"
        }
        guard let position = error.position else { return nil }
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        guard (1...lines).contains(position.line), (1...bytes.count + 1).contains(position.column) else {
            return "a place outside of the text: \(message)"
        }
        return nil
    }
}

extension [UInt8] {
    /// Whether the text occurs in it.
    fileprivate func contains(_ text: String) -> Bool {
        String(decoding: self, as: UTF8.self).contains(text)
    }
}
