/// Something that must hold after every command does not.
struct StreamViolation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
