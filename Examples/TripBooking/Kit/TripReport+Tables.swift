package import ExampleSupport
import MarketplaceCore
import MarketplaceSagas

extension TripReport {
    /// What the suppliers were asked for.
    package var callTable: Table {
        var table = Table("What the suppliers were asked for", [.text("supplier"), .text("request"), .text("answer")])
        for call in calls { table.add(call.supplier.rawValue, call.request, call.result) }
        return table
    }

    /// The sagas in the store.
    package var sagaTable: Table {
        var table = Table(
            "The sagas in the store, stalest first",
            [.text("saga"), .text("key"), .text("status"), .number("status since"), .text("reason")]
        )
        for saga in sagas {
            table.add(
                "\(saga.definition) \(saga.version)",
                saga.key.text,
                saga.status.rawValue,
                "\(saga.changedAt)",
                saga.reason
            )
        }
        return table
    }

    /// What came of it, in a sentence.
    package var verdict: String {
        let booked = bookedWith.map(\.rawValue).sorted().joined(separator: ", ")
        let open = booked.isEmpty ? "nothing is booked anywhere" : "booked with: \(booked)"
        return "The trip to \(state.destination) is \(ending.rawValue); \(open)."
    }
}
