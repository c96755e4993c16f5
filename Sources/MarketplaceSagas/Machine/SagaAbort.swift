public import MarketplaceStorage

/// Why a saga turned around.
public struct SagaAbort: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What made it turn around.
    public enum Cause: String, Sendable, Hashable, Codable, CaseIterable {
        /// A step did not happen and could not be made to.
        case refused
        /// Nobody knows whether a step happened.
        case unknown
        /// Somebody called it off.
        case cancelled
        /// Its time, or the time for a signal, was up.
        case deadline
    }

    /// What made it turn around.
    public let cause: Cause
    /// The step that could not be done, or whose turn it was.
    public let step: String
    /// Why, in the words of its error or of whoever called it off.
    public let reason: String
    /// The error itself as the codec wrote it, if it can be written; see ``SagaAbort/error(as:codec:)``.
    public let encodedError: [UInt8]

    /// Makes the reason of an abort.
    public init(_ cause: Cause = .refused, step: String, reason: String, encodedError: [UInt8] = []) {
        self.cause = cause
        self.step = step
        self.reason = reason
        self.encodedError = encodedError
    }

    /// The error that turned the saga around, with its facts, when it is of that type.
    public func error<Failure: Error & Decodable>(as type: Failure.Type, codec: any PayloadCodec) -> Failure? {
        encodedError.isEmpty ? nil : try? codec.decode(type, from: encodedError)
    }

    /// The step and the reason.
    public var description: String { step.isEmpty ? reason : "\(step): \(reason)" }
}
