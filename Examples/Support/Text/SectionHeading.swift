/// A heading on a terminal: the title over a rule of its length.
public enum SectionHeading {
    /// The lines of the heading, an empty one before it; none for an empty title.
    public static func lines(_ title: String) -> [String] {
        title.isEmpty ? [] : ["", title, String(repeating: "=", count: title.count)]
    }
}
