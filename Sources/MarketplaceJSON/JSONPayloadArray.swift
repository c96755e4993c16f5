import MarketplaceCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// Payloads that were put together to one array of JSON with a mark between them, each read as what it is.
struct JSONPayloadArray<Value>: DecodableWithConfiguration {
    /// How its elements are read.
    struct Reading {
        /// The indices of the payloads, in their order.
        let indices: Range<Int>
        let mark: UInt64
        let read: (_ index: Int, _ payload: any PayloadReader) throws -> Value
    }

    let values: [Value]

    init(from decoder: any Decoder, configuration: Reading) throws {
        let elements = Elements(container: try decoder.unkeyedContainer())
        var values: [Value] = []
        values.reserveCapacity(configuration.indices.count)
        for index in configuration.indices {
            if !values.isEmpty { try elements.pass(configuration.mark) }
            values.append(try configuration.read(index, elements))
        }
        guard elements.container.isAtEnd else { throw elements.error }
        self.values = values
    }

    /// Reads the next element, as often as it is asked.
    private final class Elements: PayloadReader {
        var container: any UnkeyedDecodingContainer

        init(container: any UnkeyedDecodingContainer) {
            self.container = container
        }

        func read<Payload: Decodable>(_ type: Payload.Type) throws -> Payload {
            try container.decode(type)
        }

        /// Goes on to the next payload; whoever asked for nothing, or a payload that is two, has not come to its mark.
        func pass(_ mark: UInt64) throws {
            guard try container.decode(UInt64.self) == mark else { throw error }
        }

        var error: DecodingError {
            .dataCorruptedError(in: container, debugDescription: "a payload is not one value")
        }
    }
}
