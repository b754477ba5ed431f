//! Answers: each counted once, and none to another question (numbers 22, 23).

use roundtable::classroom::protocol::{Order, ToServer, Why};
use roundtable::classroom::room::Event;
use roundtable::quiz::{Seat, Stamp};
use roundtable::rules::Answer;

use super::harness::*;

#[test]
fn a_hundred_copies_from_each_of_two_hundred_make_two_hundred_answers_and_every_copy_is_thanked() {
    let mut class = Class::new();
    class.fast = false;
    let phones: Vec<Phone> = {
        class.fast = true;
        (0..200).map(|_| class.join().0).collect()
    };
    let (slow, _) = class.join();
    class.ask();
    for phone in &phones {
        phone.read();
    }
    class.fast = false;
    let key = class.key().answer;
    for copy in 0..100 {
        for phone in &phones {
            class.room.take(
                Event::Said {
                    conn: phone.conn,
                    message: ToServer::Answer { question: 1, answer: key.clone(), sure: None },
                },
                class.now,
            );
        }
        if copy % 10 == 0 {
            class.pass(1);
            class.save();
        }
    }
    class.settle();
    class.save();
    for phone in &phones {
        let told = phone.read();
        assert_eq!(told.iter().filter_map(received).filter(|question| *question == 1).count(), 100);
        assert_eq!(why(&told), None);
    }
    let view = class.room.game().view(Seat::Projector, Stamp(0));
    assert_eq!((view.shown.answered, view.shown.expected), (200, 201));
    let answers = class.disk.lock().unwrap().lines.matches("\"Answer\"").count();
    assert_eq!(answers, 200);
    // A second answer that differs is no copy.
    class.answer(&phones[0], Answer::Choice(u8::from(key == Answer::Choice(0))));
    assert_eq!(phones[0].why(), Some(Why::AlreadyAnswered));
    drop(slow);
}

#[test]
fn an_answer_to_another_question_changes_nothing() {
    let mut class = Class::new();
    let (phone, _) = class.join();
    class.join();
    let say = |class: &mut Class, question: u32| {
        phone.read();
        let before = class.disk.lock().unwrap().lines.len();
        class.say(&phone, ToServer::Answer { question, answer: Answer::Choice(0), sure: None });
        assert_eq!(class.disk.lock().unwrap().lines.len(), before);
        phone.why()
    };
    assert_eq!(say(&mut class, 1), Some(Why::NotNow));
    class.ask();
    for question in [0, 2, 7, 8, u32::MAX] {
        assert_eq!(say(&mut class, question), Some(Why::WrongQuestion), "{question}");
    }
    class.order(Order::Reveal);
    class.ask();
    assert_eq!(say(&mut class, 1), Some(Why::TooLate));
    class.order(Order::Pause);
    assert_eq!(say(&mut class, 2), Some(Why::Paused));
    class.order(Order::Resume);
    phone.read();
    class.say(&phone, ToServer::Answer { question: 2, answer: Answer::Choice(9), sure: None });
    assert_eq!(phone.why(), Some(Why::BadAnswer));
}
