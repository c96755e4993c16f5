/// A colour of terminal text, used only where there is a terminal.
public enum TextStyle: String, Sendable {
    /// What is as it should be.
    case good = "32"
    /// What is not as it should be.
    case bad = "31"
    /// What stands out.
    case strong = "1"

    /// `text` between the escape sequences that set and reset the style.
    func applied(to text: String) -> String {
        "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
    }
}
