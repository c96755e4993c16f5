/// Something that the plan rules out has happened.
struct DayFault: Error, CustomStringConvertible {
    /// What happened.
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
