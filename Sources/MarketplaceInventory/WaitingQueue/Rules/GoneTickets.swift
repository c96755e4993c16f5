/// The tickets in the line that left before their call.
struct GoneTickets: Sendable {
    let numbers: Set<Int64>
    /// Up to which number all of them are among `numbers`.
    let knownThrough: Int64

    static let none = GoneTickets(numbers: [], knownThrough: .max)
}
