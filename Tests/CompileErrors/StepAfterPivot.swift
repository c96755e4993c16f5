// expected: a step that can be undone must come before the pivot; use Retriable here
import MarketplaceSagas

struct State: SagaState {}

let saga = SagaDefinition("wrong", version: 1, state: State.self) {
    Pivot("pay") { _, _ in }
    Step("reserve") { _, _ in
    } undo: { _, _, _ in
    }
}
