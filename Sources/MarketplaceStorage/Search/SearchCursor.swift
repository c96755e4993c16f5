import MarketplaceCore

/// Where a page of hits ended: opaque to whoever carries it, be it a client behind a URL.
///
/// It is a place in the order of one query, and no secret: who makes one up reads on from another place of what the
/// query finds anyway.
public struct SearchCursor: Hashable, Sendable {
    /// The first byte of the form below; it changes with the form.
    private static let form: UInt8 = 1

    /// The query it belongs to: what it looks for and in which order, the size of pages and facets left out.
    let query: UInt64
    /// The number by which the last hit was ordered.
    let value: Int64
    /// The key of the last hit.
    let key: SearchKey

    init(query: UInt64, value: Int64, key: SearchKey) {
        self.query = query
        self.value = value
        self.key = key
    }

    /// Reads the text of a cursor.
    ///
    /// - Throws: ``SearchError`` with ``SearchError/Code/foreignCursor`` when it is not one.
    public init(validating text: String) throws(SearchError) {
        guard let bytes = Self.bytes(ofHexadecimal: text) else { throw Self.damaged }
        do throws(BinaryFormatError) {
            self = try BinaryReader.read(bytes, form: Self.form) { reader throws(BinaryFormatError) in
                let (query, value, text) = (try reader.readUInt64(), try reader.readInt64(), try reader.readString())
                do throws(TextKeyError) {
                    return SearchCursor(query: query, value: value, key: try SearchKey(validating: text))
                } catch {
                    throw reader.error("\(error)")
                }
            }
        } catch {
            throw Self.damaged
        }
    }

    /// The text: hexadecimal digits, safe in URLs and headers.
    public var text: String {
        var writer = BinaryWriter(form: Self.form)
        writer.write(query)
        writer.write(value)
        writer.write(key.text)
        var digits: [UInt8] = []
        digits.reserveCapacity(writer.bytes.count * 2)
        for byte in writer.bytes {
            digits.append(Self.digit(byte >> 4))
            digits.append(Self.digit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }

    private static let damaged = SearchError(.foreignCursor, "the text is not one of a cursor")

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8]? {
        // A key of full length, and some: whatever is longer is none of ours.
        guard text.utf8.count.isMultiple(of: 2), text.utf8.count <= 4 * SearchKey.maximumLength else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for character in text.utf8 {
            guard let value = value(character) else { return nil }
            if let upper = high {
                bytes.append(upper << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }
}

extension SearchCursor: CustomStringConvertible {
    /// The text.
    public var description: String { text }
}
