// expected: a saga has one pivot, before every Retriable; use Retriable here
import MarketplaceSagas

struct State: SagaState {}

let saga = SagaDefinition("wrong", version: 1, state: State.self) {
    Pivot("pay") { _, _ in }
    Pivot("pay again") { _, _ in }
}
