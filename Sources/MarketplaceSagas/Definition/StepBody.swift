import MarketplaceCore
import MarketplaceStorage

/// The closures of a step with the type of its output erased to bytes for the journal and a change of the state.
struct StepBody<State: SagaState>: Sendable {
    /// A step's output.
    struct Product: Sendable {
        let bytes: [UInt8]
        let restore: @Sendable (inout State) -> Void

        /// The output of a step that has none.
        static var nothing: Product { Product(bytes: []) { _ in } }
    }

    /// What a probe found out.
    enum Answer: Sendable {
        case done(Product)
        case notDone
        case refused(any Error)
    }

    typealias Run = @Sendable (State, StepContext, any PayloadCodec) async throws -> Product
    typealias Probe = @Sendable (State, StepContext, any PayloadCodec) async throws -> Answer
    typealias Undo = @Sendable (State, [UInt8]?, StepContext, any PayloadCodec) async throws -> Void
    typealias Restore = @Sendable (inout State, [UInt8], any PayloadCodec) throws -> Void

    /// Where the output goes; nil for a step without one.
    let output: (any AnyKeyPath & Sendable)?
    let run: Run
    let probe: Probe?
    /// Takes the effect back, given the journalled output or nil when it is unknown whether there is one.
    let undo: Undo?
    /// Puts a journalled output back into the state.
    let restore: Restore
    /// Checks that bytes are an output, without a state to put it into; nil for a step without one.
    var check: (@Sendable ([UInt8], any PayloadCodec) throws(PayloadCodecError) -> Void)?
}

extension StepBody {
    /// A body that does nothing, for steps that only wait.
    static var nothing: StepBody {
        StepBody(output: nil, run: { _, _, _ in .nothing }, probe: nil, undo: nil, restore: { _, _, _ in })
    }

    /// The same body for a step that has nothing to be taken back.
    var withoutEffect: StepBody {
        StepBody(output: output, run: run, probe: nil, undo: nil, restore: restore, check: check)
    }
}

/// An output that the codec could not write.
///
/// It says nothing of the effect, which has happened all the same.
struct UnwritableOutput: Error {
    let error: PayloadCodecError
}

extension StepBody {
    typealias TypedRun<Output> = @Sendable (State, StepContext) async throws -> Output
    typealias TypedProbe<Output: Sendable> = @Sendable (State, StepContext) async throws -> ProbeAnswer<Output>
    typealias TypedUndo<Output: Sendable> = @Sendable (State, StepEffect<Output>, StepContext) async throws -> Void

    /// The body of a step whose output goes into the state.
    init<Output: Codable & Sendable>(
        into path: any WritableKeyPath<State, Output?> & Sendable,
        run: @escaping TypedRun<Output>,
        probe: TypedProbe<Output>? = nil,
        undo: TypedUndo<Output>? = nil
    ) {
        let product: @Sendable (Output, any PayloadCodec) throws -> Product = { output, codec in
            do throws(PayloadCodecError) {
                return Product(bytes: try codec.encode(output)) { state in state[keyPath: path] = output }
            } catch {
                // The effect has happened: an error that says "refused" must not come from here.
                throw UnwritableOutput(error: error)
            }
        }
        var erasedProbe: Probe?
        if let probe {
            erasedProbe = { state, step, codec in
                switch try await probe(state, step) {
                case .done(let output): .done(try product(output, codec))
                case .notDone: .notDone
                case .refused(let error): .refused(error)
                }
            }
        }
        var erasedUndo: Undo?
        if let undo {
            erasedUndo = { state, bytes, step, codec in
                let output = try bytes.map { bytes in try codec.decode(Output.self, from: bytes) }
                try await undo(state, output.map(StepEffect.done) ?? .unknown, step)
            }
        }
        self.init(
            output: path,
            run: { state, step, codec in try product(try await run(state, step), codec) },
            probe: erasedProbe,
            undo: erasedUndo,
            restore: { state, bytes, codec in state[keyPath: path] = try codec.decode(Output.self, from: bytes) },
            check: { (bytes, codec) throws(PayloadCodecError) in _ = try codec.decode(Output.self, from: bytes) }
        )
    }

    /// The body of a step without an output.
    init(
        run: @escaping TypedRun<Void>,
        probe: TypedProbe<Void>? = nil,
        undo: TypedUndo<Void>? = nil
    ) {
        var erasedProbe: Probe?
        if let probe {
            erasedProbe = { state, step, _ in
                switch try await probe(state, step) {
                case .done: .done(.nothing)
                case .notDone: .notDone
                case .refused(let error): .refused(error)
                }
            }
        }
        var erasedUndo: Undo?
        if let undo {
            erasedUndo = { state, bytes, step, _ in try await undo(state, bytes == nil ? .unknown : .done(()), step) }
        }
        self.init(
            output: nil,
            run: { state, step, _ in
                try await run(state, step)
                return .nothing
            },
            probe: erasedProbe,
            undo: erasedUndo,
            restore: { _, _, _ in }
        )
    }
}
