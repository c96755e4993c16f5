extension Duration {
    /// That many minutes of 60 seconds, clamped to the range of whole seconds in an `Int64`.
    public static func minutes(_ count: Int) -> Duration {
        wholeSeconds(count, times: 60)
    }

    /// That many hours of 60 minutes, clamped to the range of whole seconds in an `Int64`.
    public static func hours(_ count: Int) -> Duration {
        wholeSeconds(count, times: 3_600)
    }

    /// That many days of 24 hours, clamped to the range of whole seconds in an `Int64`.
    public static func days(_ count: Int) -> Duration {
        wholeSeconds(count, times: 86_400)
    }

    private static func wholeSeconds(_ count: Int, times factor: Int128) -> Duration {
        .seconds(Int64(clamping: Int128(count) * factor))
    }
}
