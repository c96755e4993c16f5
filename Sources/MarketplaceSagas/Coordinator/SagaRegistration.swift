import MarketplaceStorage

/// A definition with its state's type erased, so that a coordinator can carry on a saga it only knows by name.
public struct SagaRegistration: Sendable {
    /// The name of the definition.
    public let name: String
    /// The version of the definition.
    public let version: Int

    let shape: SagaShape
    /// Takes over a saga that nobody drives any more; false when it is driven here already, or has ended meanwhile.
    let resume: @Sendable (SagaCoordinator, SagaSummary, DocumentKey) async throws(SagaError) -> Bool
    /// Checks that a signal of that name is waited for, and that a payload is of its type.
    let checkSignal: @Sendable (String, [UInt8], any PayloadCodec) throws(SagaError) -> Void

    /// Registers a definition.
    public init<State: SagaState>(_ definition: SagaDefinition<State>) {
        name = definition.name
        version = definition.version
        shape = definition.shape
        resume = { (coordinator, summary, document) async throws(SagaError) in
            try await coordinator.resume(definition, summary, document)
        }
        checkSignal = { (name, payload, codec) throws(SagaError) in
            let waits = definition.steps.filter { $0.shape.form == .signal }
            guard let wait = waits.first(where: { $0.shape.name == name }) else {
                throw .unknownSignal(name, known: waits.map(\.shape.name))
            }
            do throws(PayloadCodecError) {
                try wait.body.check?(payload, codec)
            } catch {
                throw .payload(error)
            }
        }
    }
}
