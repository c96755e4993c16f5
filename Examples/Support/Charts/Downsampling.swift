/// Fewer points with the same picture.
enum Downsampling {
    /// More points than this are not told apart on a screen and only make a report heavy.
    static let pointsLimit = 2_000

    /// At most `limit` of the points, in their order, with the highest and the lowest of each stretch kept.
    ///
    /// The points are cut into `limit / 4` stretches of equal number; of each its first, lowest, highest and last stay.
    static func keepingExtremes(_ points: [ChartPoint], limit: Int = pointsLimit) -> [ChartPoint] {
        guard points.count > limit, limit >= 4 else { return points }
        let stretches = limit / 4
        var kept: [ChartPoint] = []
        kept.reserveCapacity(limit)
        for stretch in 0..<stretches {
            let range = stretch * points.count / stretches..<(stretch + 1) * points.count / stretches
            guard let lowest = range.min(by: { points[$0].y < points[$1].y }),
                let highest = range.max(by: { points[$0].y < points[$1].y })
            else { continue }
            let indices = Set([range.lowerBound, lowest, highest, range.upperBound - 1]).sorted()
            kept += indices.map { points[$0] }
        }
        return kept
    }
}
