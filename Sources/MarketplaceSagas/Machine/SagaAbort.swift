public import MarketplaceStorage

/// Why a saga turned around.
public struct SagaAbort: Sendable, Hashable, Codable, CustomStringConvertible {
    /// The step that could not be done.
    public let step: String
    /// Why, in the words of its error.
    public let reason: String
    /// The error itself as the codec wrote it, if it can be written; see ``SagaAbort/error(as:codec:)``.
    public let encodedError: [UInt8]

    /// Makes the reason of an abort.
    public init(step: String, reason: String, encodedError: [UInt8] = []) {
        self.step = step
        self.reason = reason
        self.encodedError = encodedError
    }

    /// The error that turned the saga around, with its facts, when it is of that type.
    public func error<Failure: Error & Decodable>(as type: Failure.Type, codec: any PayloadCodec) -> Failure? {
        encodedError.isEmpty ? nil : try? codec.decode(type, from: encodedError)
    }

    /// The step and the reason.
    public var description: String { "\(step): \(reason)" }
}
