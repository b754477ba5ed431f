//! How big things are: the form of the window (wide or narrow), the scale on large screens, and the text-size setting.

use bevy::prelude::*;
use bevy::text::{FontSize, RemSize};
use bevy::ui::UiScale;
use bevy::window::PrimaryWindow;

use super::fonts;
use super::theme::{self, Type};

/// Below this many pixels of width (at 100 % text) a window is narrow.
pub const NARROW_BELOW: f32 = 800.;
/// Below this many it is tight.
pub const TIGHT_BELOW: f32 = 300.;

/// The form that screens take.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Form {
    /// Side by side.
    #[default]
    Wide,
    /// One column: a phone upright, or large text.
    Narrow,
    /// One column, and large text on a phone: even small controls go below what they belong to.
    Tight,
}

impl Form {
    /// Whether there is one column.
    #[must_use]
    pub fn is_narrow(self) -> bool {
        self != Self::Wide
    }

    /// Whether nothing at all stands beside words.
    #[must_use]
    pub fn is_tight(self) -> bool {
        self == Self::Tight
    }
}

/// The text-size setting: 1.0 to 2.0.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct TextScale(pub f32);

impl Default for TextScale {
    fn default() -> Self {
        Self(1.)
    }
}

/// Changes a node to suit the form, at once and whenever the form changes: `Adapt(|node, form| …)`.
/// It comes after the widget's own, so a screen may change any widget with it.
#[derive(Component, Clone, Copy)]
pub struct Adapt(pub fn(&mut Node, Form));

/// A widget's own [`Adapt`].
#[derive(Component, Clone, Copy)]
pub(super) struct OwnAdapt(pub fn(&mut Node, Form));

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Form>()
        .init_resource::<TextScale>()
        .init_resource::<Width>()
        .add_systems(PreUpdate, measure_window)
        .add_systems(PostUpdate, (adapt_nodes, size_text).before(bevy::ui::UiSystems::Prepare));
}

/// Large screens enlarge everything; a small one keeps its pixels.
fn measure_window(
    windows: Query<&Window, With<PrimaryWindow>>,
    scale: Res<TextScale>,
    mut form: ResMut<Form>,
    mut room: ResMut<Width>,
    mut ui_scale: ResMut<UiScale>,
    mut rem: ResMut<RemSize>,
) {
    let Ok(window) = windows.single() else {
        return;
    };
    let (width, height) = (window.width(), window.height());
    // In eighths, which add up exactly: a control that is as wide as its parts must not break them over two lines.
    let fit = ((width / 1280.).min(height / 720.).clamp(1., 4.) * 8.).floor() / 8.;
    if (ui_scale.0 - fit).abs() > 0.001 {
        ui_scale.0 = fit;
    }
    let text = scale.0.clamp(1., 2.);
    rem.set_if_neq(RemSize(theme::REM * text));
    room.set_if_neq(Width(width / fit));
    form.set_if_neq(match width / fit / text {
        ..TIGHT_BELOW => Form::Tight,
        ..NARROW_BELOW => Form::Narrow,
        _ => Form::Wide,
    });
}

fn adapt_nodes(
    form: Res<Form>,
    mut nodes: Query<(Option<Ref<OwnAdapt>>, Option<Ref<Adapt>>, &mut Node), Or<(With<OwnAdapt>, With<Adapt>)>>,
) {
    for (own, adapt, mut node) in &mut nodes {
        let added = own.as_ref().is_some_and(Ref::is_added) || adapt.as_ref().is_some_and(Ref::is_added);
        if !added && !form.is_changed() {
            continue;
        }
        if let Some(own) = own {
            (own.0)(&mut node, *form);
        }
        if let Some(adapt) = adapt {
            (adapt.0)(&mut node, *form);
        }
    }
}

/// The window's width, in pixels of the layout.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Default)]
struct Width(f32);

/// Each type has its size; a word that would have to be broken for it makes its text smaller, down to the size of captions.
fn size_text(
    form: Res<Form>,
    width: Res<Width>,
    scale: Res<TextScale>,
    mut texts: Query<(Ref<Type>, Ref<Text>, &mut TextFont)>,
) {
    let anew = form.is_changed() || width.is_changed() || scale.is_changed();
    for (kind, words, mut font) in &mut texts {
        let room = kind.room(form.is_narrow(), width.0);
        if !(anew || kind.is_changed() || words.is_changed() && room.is_some()) {
            continue;
        }
        let mut pixels = kind.pixels(form.is_narrow());
        if let Some(room) = room {
            let text = scale.0.clamp(1., 2.);
            let bold = font.font == fonts::BOLD.into();
            let most = room / text / fonts::longest_word(&words.0, bold).max(0.1);
            pixels = pixels.min(most.max(Type::Small.pixels(form.is_narrow())));
        }
        let size = FontSize::Rem(pixels / theme::REM);
        if font.font_size != size {
            font.font_size = size;
        }
    }
}
