/// How far apart two words are.
enum EditDistance {
    /// The optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.
    ///
    /// Time grows with the product of the lengths.
    static func between(_ left: String, _ right: String) -> Int {
        let left = Array(left), right = Array(right)
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var best = min(previous[column + 1], current[column]) + 1
                best = min(best, previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
