//! Draws line charts as SVG. Text uses the reader's fonts, so the machine needs none.

use plotters::coord::Shift;
use plotters::coord::combinators::{BindKeyPoints, LogCoord, WithKeyPoints};
use plotters::coord::ranged1d::{AsRangedCoord, Ranged, ValueFormatter};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Width and height in pixels: wide enough for a page, and readable there without scaling.
const SIZE: (u32, u32) = (820, 440);

const FONT: &str = "sans-serif";

/// The most labels on a linear axis.
const MOST_LABELS: usize = 7;

pub const BLUE: RGBColor = RGBColor(0, 114, 178);
pub const GREY: RGBColor = RGBColor(90, 90, 90);

/// Colours that can be told apart by most eyes (Okabe and Ito 2008).
pub const LINES: [RGBColor; 5] =
    [BLUE, RGBColor(213, 94, 0), RGBColor(0, 158, 115), RGBColor(204, 121, 167), RGBColor(150, 120, 0)];

/// The scale of an axis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios; all values must be above 0.
    Log,
}

impl Scale {
    /// From the least to the greatest value with a margin on both sides, and on a linear scale `above` of the height
    /// more at the top, which leaves room for the legend.
    fn range(self, values: impl Iterator<Item = f64> + Clone, above: f64) -> std::ops::Range<f64> {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.fold(f64::NEG_INFINITY, f64::max);
        match self {
            Scale::Log => least / 1.3..most * 1.3,
            Scale::Linear => {
                let height = (most - least).max(1.0);
                least - 0.06 * height..most + (0.06 + above) * height
            }
        }
    }
}

/// A line of a chart.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name in the legend; `None`: it is not in the legend.
    pub name: Option<String>,
    /// Its points, from left to right.
    pub points: Vec<(f64, f64)>,
    /// Its colour.
    pub colour: RGBColor,
    /// Whether it is dashed.
    pub dashed: bool,
}

/// A chart, ready to be drawn.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The title above the chart.
    pub title: String,
    /// The horizontal axis: its label with the unit, and its scale.
    pub x: (String, Scale),
    /// The vertical axis: its label with the unit, and its scale.
    pub y: (String, Scale),
    /// Single points with a label beside each.
    pub marks: Vec<(f64, f64, String)>,
    /// The lines.
    pub lines: Vec<Line>,
}

type Drawn = Result<(), Box<dyn std::error::Error>>;

impl Chart {
    /// Draws the chart.
    ///
    /// # Errors
    /// When the drawing library cannot draw it.
    pub fn svg(&self) -> Result<String, Box<dyn std::error::Error>> {
        let mut svg = String::new();
        {
            let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            let points = || self.lines.iter().flat_map(|line| &line.points);
            let legend = self.lines.iter().filter(|line| line.name.is_some()).count();
            let x = self.x.1.range(points().map(|point| point.0), 0.0);
            let y = self.y.1.range(points().map(|point| point.1), 0.11 * legend as f64);
            match (self.x.1, self.y.1) {
                (Scale::Log, Scale::Log) => self.draw(&area, decades(x), decades(y))?,
                (Scale::Log, Scale::Linear) => self.draw(&area, decades(x), y)?,
                (Scale::Linear, Scale::Log) => self.draw(&area, x, decades(y))?,
                (Scale::Linear, Scale::Linear) => self.draw(&area, x, y)?,
            }
            area.present()?;
        }
        Ok(svg)
    }

    fn draw<X, Y>(&self, area: &DrawingArea<SVGBackend, Shift>, x: X, y: Y) -> Drawn
    where
        X: AsRangedCoord<Value = f64, CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>>,
        Y: AsRangedCoord<Value = f64, CoordDescType: Ranged<ValueType = f64> + ValueFormatter<f64>>,
    {
        area.fill(&WHITE)?;
        let mut chart = ChartBuilder::on(area)
            .caption(&self.title, (FONT, 20))
            .margin(14)
            .margin_right(28)
            .x_label_area_size(48)
            .y_label_area_size(92)
            .build_cartesian_2d(x, y)?;
        chart
            .configure_mesh()
            .x_desc(&self.x.0)
            .y_desc(&self.y.0)
            .label_style((FONT, 16))
            .axis_desc_style((FONT, 16))
            .x_label_formatter(&|value| plain(*value))
            .y_label_formatter(&|value| plain(*value))
            .x_labels(MOST_LABELS)
            .y_labels(MOST_LABELS)
            .bold_line_style(RGBColor(225, 225, 225))
            .light_line_style(TRANSPARENT)
            .axis_style(GREY)
            .draw()?;
        for line in &self.lines {
            let style = line.colour.stroke_width(2);
            let points = line.points.iter().copied();
            let drawn = if line.dashed {
                chart.draw_series(DashedLineSeries::new(points, 8, 5, style))?
            } else {
                chart.draw_series(LineSeries::new(points, style))?
            };
            if let Some(name) = &line.name {
                drawn.label(name).legend(move |(x, y)| PathElement::new([(x, y), (x + 22, y)], style));
            }
        }
        for (number, (x, y, mark)) in self.marks.iter().enumerate() {
            chart.draw_series([Circle::new((*x, *y), 4, BLUE.filled())])?;
            // The label goes beside a rising line, and stays within the chart.
            let (offset, place) = if 2 * number < self.marks.len() {
                ((9, 3), Pos::new(HPos::Left, VPos::Top))
            } else {
                ((-9, -3), Pos::new(HPos::Right, VPos::Bottom))
            };
            let words = TextStyle::from((FONT, 16)).pos(place);
            chart.draw_series([EmptyElement::at((*x, *y)) + Text::new(mark.clone(), offset, words)])?;
        }
        if self.lines.iter().any(|line| line.name.is_some()) {
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::UpperRight)
                .background_style(WHITE.mix(0.9))
                .label_font((FONT, 16))
                .margin(8)
                .draw()?;
        }
        Ok(())
    }
}

/// A logarithmic axis with labels at 1, 2 and 5 of every decade.
fn decades(range: std::ops::Range<f64>) -> WithKeyPoints<LogCoord<f64>> {
    let powers = range.start.log10().floor() as i32..=range.end.log10().ceil() as i32;
    let told = powers.flat_map(|power| [1.0, 2.0, 5.0].map(|leading| leading * 10f64.powi(power)));
    let told = told.filter(|value| range.contains(value)).collect();
    range.log_scale().with_key_points(told)
}

/// A number with no more decimals than needed, and with separated thousands.
pub fn plain(value: f64) -> String {
    if value != 0.0 && value.abs() < 1.0 {
        return format!("{value:.4}").trim_end_matches('0').to_owned();
    }
    let text = format!("{:.1}", value.abs());
    let text = text.trim_end_matches(".0");
    let (whole, decimals) = text.split_at(text.find('.').unwrap_or(text.len()));
    let comma = |place: usize| if place > 0 && (whole.len() - place).is_multiple_of(3) { "," } else { "" };
    let digits: String = whole.char_indices().map(|(place, digit)| format!("{}{digit}", comma(place))).collect();
    format!("{}{digits}{decimals}", if value < 0.0 { "-" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn numbers_are_short() {
        let told = [0.0, 0.001, 0.25, 1.0, 2.5, 100.0, 1_000.0, -37_850.0, 1_234_567.0].map(plain);
        assert_eq!(told, ["0", "0.001", "0.25", "1", "2.5", "100", "1,000", "-37,850", "1,234,567"]);
    }
}
