import ExampleSupport

extension BenchmarkReport {
    /// How many operations each program did in a second, and what was reached; nil when no benchmark tells it.
    var speedTable: Table? {
        let told = measurements.filter(\.benchmark.tellsSpeeds)
        guard !told.isEmpty else { return nil }
        var table = Table(
            "Operations a second",
            [.text("benchmark"), .text("program"), .number("tasks"), .number("speed"), .text("reached")]
        )
        for measurement in told {
            for (index, (program, side)) in measurement.speeds.enumerated() {
                table.add(
                    index == 0 ? measurement.benchmark.name : "",
                    program,
                    "\(side.workload.tasks)",
                    side.operationsPerSecond.map { Format.count($0) + " /s" } ?? "-",
                    index == 0 ? measurement.reached : ""
                )
            }
        }
        return table
    }

    /// The speed of the library in parts of what the peers of that file reach; nil when none of them was measured.
    func peerTable(_ peers: PeerFigures) -> Table? {
        let compared = comparisons(with: peers)
        guard !compared.isEmpty else { return nil }
        var table = Table(
            "The library against its peers",
            [
                .text("benchmark"), .number("library"), .text("peer"), .number("peer's"), .number("ratio"),
                .text("bar"),
            ]
        )
        for one in compared {
            table.add(
                one.benchmark,
                Format.count(one.ours) + " /s",
                one.figure.program,
                Format.count(one.figure.operationsPerSecond) + " /s",
                Self.ratio(one.thousandths),
                Self.ratio(Int64(one.wanted)) + (one.isMet ? " met" : " NOT MET")
            )
        }
        return table
    }

    /// A speed of the library beside that of a peer.
    struct PeerComparison {
        let benchmark: String
        let ours: Int64
        let figure: PeerFigures.Figure
        let wanted: Int

        var thousandths: Int64 { ours * 1_000 / max(1, figure.operationsPerSecond) }
        var isMet: Bool { thousandths >= Int64(wanted) }
    }

    /// Every benchmark that has a figure in the file of peers.
    func comparisons(with peers: PeerFigures) -> [PeerComparison] {
        measurements.compactMap { measurement in
            guard let peer = measurement.benchmark.peer, let figure = peers.figures[peer.name],
                let ours = measurement.subject?.operationsPerSecond
            else { return nil }
            return PeerComparison(
                benchmark: measurement.benchmark.name,
                ours: ours,
                figure: figure,
                wanted: peer.thousandths
            )
        }
    }
}
