import MarketplaceCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
// Apple's platforms have the same coders in Foundation alone.
import Foundation
#endif

/// Payloads that were put together to one array of JSON, each read as what it is.
struct JSONPayloadArray<Value>: DecodableWithConfiguration {
    /// How its elements are read.
    struct Reading {
        /// The indices of the payloads, in their order.
        let indices: Range<Int>
        let read: (_ index: Int, _ payload: any PayloadReader) throws -> Value
    }

    let values: [Value]

    init(from decoder: any Decoder, configuration: Reading) throws {
        let elements = Elements(container: try decoder.unkeyedContainer())
        var values: [Value] = []
        values.reserveCapacity(configuration.indices.count)
        for index in configuration.indices {
            values.append(try configuration.read(index, elements))
            // Whoever asks for nothing, or a payload that is two, would move all others from their places.
            guard elements.container.currentIndex == values.count else { throw elements.error }
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

        var error: DecodingError {
            .dataCorruptedError(in: container, debugDescription: "a payload is not one value")
        }
    }
}
