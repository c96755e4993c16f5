// expected: cannot convert value of type 'String' to closure result type 'Int'
import MarketplaceSagas

struct State: SagaState {
    var reserved: Int?
}

let saga = SagaDefinition("wrong", version: 1, state: State.self) {
    Step("reserve", into: \.reserved) { _, _ in
        "three"
    } undo: { _, _, _ in
    }
}
