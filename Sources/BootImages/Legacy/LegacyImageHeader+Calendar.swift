extension LegacyImageHeader {
    /// Seconds since 1970 as U-Boot prints a date: `2020-09-13   9:26:40 UTC`, the hour without leading zero.
    static func calendar(_ time: UInt32) -> String {
        let secondsPerDay: UInt32 = 86400
        var days = Int(time / secondsPerDay)
        let seconds = Int(time % secondsPerDay)

        var year = 1970
        while days >= dayCount(year: year) {
            days -= dayCount(year: year)
            year += 1
        }
        var month = 1
        while days >= dayCount(month: month, year: year) {
            days -= dayCount(month: month, year: year)
            month += 1
        }
        let date = "\(year)-\(two(month))-\(two(days + 1))"
        let clock = "\(two(seconds / 3600, pad: " ")):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        return "\(date)  \(clock) UTC"
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    private static func dayCount(year: Int) -> Int {
        isLeap(year) ? 366 : 365
    }

    private static func dayCount(month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func two(_ number: Int, pad: String = "0") -> String {
        number < 10 ? "\(pad)\(number)" : "\(number)"
    }
}
