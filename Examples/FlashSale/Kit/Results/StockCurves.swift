import ExampleSupport
import Marketplace

/// The stock over time, from the movements of the inventory.
struct StockCurves {
    /// The available, held and allocated units of all SKUs.
    let totals: [ChartSeries]
    /// The available units of each SKU.
    let available: [ChartSeries]

    init(_ history: SaleHistory, _ evidence: SaleEvidence) {
        let opened = history.opened.wallTime
        let end = opened.duration(to: history.ended.wallTime)
        func place(_ movement: StockMovement) -> Duration { max(.zero, opened.duration(to: movement.time)) }
        available = history.offers.map { offer in
            var curve = Curve()
            for movement in evidence.movements[offer.sku, default: []] {
                let deltas = movement.deltas
                curve.add(deltas.onHand - deltas.held - deltas.allocated, at: place(movement))
            }
            return ChartSeries(offer.sku.text, curve.points(until: end))
        }
        var curves = (available: Curve(), held: Curve(), allocated: Curve())
        let movements = evidence.movements.values.joined().sorted { $0.time < $1.time }
        for movement in movements {
            let (deltas, time) = (movement.deltas, place(movement))
            curves.available.add(deltas.onHand - deltas.held - deltas.allocated, at: time)
            curves.held.add(deltas.held, at: time)
            curves.allocated.add(deltas.allocated, at: time)
        }
        totals = [
            ChartSeries("available", curves.available.points(until: end)),
            ChartSeries("held", curves.held.points(until: end)),
            ChartSeries("allocated", curves.allocated.points(until: end)),
        ]
    }

    /// A sum that grows point by point; the points of one moment become one.
    private struct Curve {
        private var sum: Int64 = 0
        private var points: [(at: Duration, value: Int64)] = []

        mutating func add(_ change: Int64, at time: Duration) {
            sum += change
            // Times of neighbours in the log can be out of order by a moment; a curve never goes back.
            let time = max(time, points.last?.at ?? .zero)
            if points.last?.at == time { points.removeLast() }
            points.append((time, sum))
        }

        func points(until end: Duration) -> [ChartPoint] {
            let last = points.last.map { [(at: max(end, $0.at), value: $0.value)] } ?? []
            return (points + last).map { ChartPoint(at: $0.at, Int($0.value)) }
        }
    }
}
