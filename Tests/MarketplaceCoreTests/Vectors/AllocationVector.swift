import Testing

/// A published case of splitting a total; weights are decimal text, since some engines take decimal weights.
struct AllocationVector: Sendable, CustomTestStringConvertible {
    let id: String
    let source: String
    let total: Int64
    let weights: [String]
    let expected: [Int64]
    /// Whether largest remainder with ties to the lower index gives the published answer.
    let isLargestRemainder: Bool

    var testDescription: String { id }

    static let published = [
        AllocationVector(
            id: "alloc-001",
            source: "moneyphp",
            total: 100,
            weights: ["1", "1", "1"],
            expected: [34, 33, 33],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-003",
            source: "moneyphp",
            total: 5,
            weights: ["3", "7"],
            expected: [2, 3],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-004",
            source: "moneyphp",
            total: 5,
            weights: ["7", "3"],
            expected: [4, 1],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-006",
            source: "moneyphp",
            total: -5,
            weights: ["7", "3"],
            expected: [-3, -2],
            isLargestRemainder: false
        ),
        AllocationVector(
            id: "alloc-011",
            source: "moneyphp",
            total: 0,
            weights: ["0", "0", "1"],
            expected: [0, 0, 0],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-012",
            source: "moneyphp",
            total: 2,
            weights: ["1", "1", "1"],
            expected: [1, 1, 0],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-015",
            source: "moneyphp",
            total: 101,
            weights: ["3", "7"],
            expected: [30, 71],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-017",
            source: "moneyphp",
            total: 15,
            weights: ["1", "1"],
            expected: [8, 7],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-018",
            source: "moneyphp",
            total: 10,
            weights: ["1", "1"],
            expected: [5, 5],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-022",
            source: "rubymoney",
            total: 5,
            weights: ["1", "1"],
            expected: [3, 2],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-028",
            source: "rubymoney",
            total: 10,
            weights: ["0.1", "0.2", "0.1"],
            expected: [3, 5, 2],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-029",
            source: "rubymoney",
            total: 10,
            weights: ["1", "1", "2"],
            expected: [3, 2, 5],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-030",
            source: "rubymoney",
            total: 100,
            weights: ["1", "1", "0"],
            expected: [50, 50, 0],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-031",
            source: "rubymoney",
            total: 100,
            weights: ["0", "1", "1"],
            expected: [0, 50, 50],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-032",
            source: "rubymoney",
            total: 700273,
            weights: [
                "1.1818583143661", "1.1818583143661", "1.1818583143661", "1.1818583143661", "1.1818583143661",
                "1.1818583143661", "1.1818583143661", "1.170126087450276", "1.0", "1.0", "1.0", "1.0",
            ],
            expected: [61566, 61565, 61565, 61565, 61565, 61565, 61565, 60953, 52091, 52091, 52091, 52091],
            isLargestRemainder: false
        ),
        AllocationVector(
            id: "alloc-035",
            source: "dinero",
            total: 100,
            weights: ["1", "3"],
            expected: [25, 75],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-039",
            source: "dinero",
            total: 801,
            weights: ["1", "3"],
            expected: [200, 601],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-040",
            source: "dinero",
            total: 5,
            weights: ["50", "50"],
            expected: [3, 2],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-043",
            source: "dinero",
            total: 1000000000000000025,
            weights: ["50", "50"],
            expected: [500000000000000013, 500000000000000012],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-047",
            source: "sylius",
            total: 1000,
            weights: ["1", "1", "1"],
            expected: [334, 333, 333],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-048",
            source: "sylius",
            total: -1000,
            weights: ["1", "1", "1"],
            expected: [-334, -333, -333],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-052",
            source: "sylius",
            total: -300,
            weights: ["4300", "1400", "2300"],
            expected: [-162, -52, -86],
            isLargestRemainder: false
        ),
        AllocationVector(
            id: "alloc-054",
            source: "vendure",
            total: 300,
            weights: ["123"],
            expected: [300],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-056",
            source: "vendure",
            total: -300,
            weights: ["4000", "2000", "2000"],
            expected: [-150, -75, -75],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-059",
            source: "vendure",
            total: 95,
            weights: ["10", "20", "10", "30", "50", "20", "10", "40"],
            expected: [5, 10, 5, 15, 25, 10, 5, 20],
            isLargestRemainder: true
        ),
        AllocationVector(
            id: "alloc-063",
            source: "vendure",
            total: 0,
            weights: ["0", "0"],
            expected: [0, 0],
            isLargestRemainder: true
        ),
    ]
}
