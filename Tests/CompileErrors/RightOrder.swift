// expected: nothing
import MarketplaceSagas

struct State: SagaState {
    var reserved: Int?
}

let saga = SagaDefinition("right", version: 1, state: State.self) {
    Step("reserve", into: \.reserved) { _, _ in
        3
    } undo: { _, _, _ in
    }
    Pivot("pay") { _, _ in }
    Retriable("mail") { _, _ in }
}
