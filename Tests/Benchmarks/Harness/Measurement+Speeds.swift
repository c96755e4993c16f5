import ExampleSupport

extension Measurement {
    /// What was reached of each mark of the bar, as it is printed.
    var reached: String {
        let texts = (benchmark.bar?.marks ?? []).map { mark in
            switch mark {
            case .ofBaseline: BenchmarkReport.ratio(ratios?.median)
            case .ofReference: BenchmarkReport.ratio(referenceRatios?.median) + " x reference"
            case .perSecond: (subject?.operationsPerSecond).map { Format.count($0) + " /s" } ?? "-"
            case .growth: "growth " + BenchmarkReport.ratio(growths?.median)
            case .wait(let share, _):
                (subject?.medianWait(of: share)).map { "\(share) within " + Format.duration($0) } ?? "-"
            }
        }
        return texts.joined(separator: ", ")
    }

    /// All programs with their speeds.
    var speeds: [(program: String, side: Side)] {
        let sides: [(String?, Side?)] = [
            (nil, subject), (nil, baseline), (nil, reference), ("few", start?.subject), ("few", start?.baseline),
        ]
        return sides.compactMap { suffix, side in
            side.map { side in (suffix.map { "\(side.name), \($0)" } ?? side.name, side) }
        }
    }
}
