import type { enTour } from './en-tour.ts'

/** Der Rundgang durch die Demo. */
export const deTour: Readonly<Record<keyof typeof enTour, string>> = {
  'tour.open': 'Rundgang',
  'tour.title': 'Rundgang in fünf Minuten',
  'tour.close': 'Rundgang schließen',
  'tour.progress': '{done} von {all}',
  'tour.done': 'Erledigt, weiter',
  'tour.doneNamed': 'Erledigt: {title}',
  'tour.over': 'Das war es. Der Rest steht in der Dokumentation.',
  'tour.again': 'Von vorn beginnen',
  'tour.as.customer': 'Dafür als Kundschaft anmelden.',
  'tour.as.admin': 'Dafür abmelden und als Team anmelden.',
  'tour.shop': 'Den Warenkorb füllen',
  'tour.shopText': 'Legen Sie etwas in den Warenkorb. Verfügbar ist, was der Bestand niemandem sonst versprochen hat.',
  'tour.order': 'Bestellen',
  'tour.orderText': 'Mit einem Klick als Kundschaft anmelden, irgendeine Adresse, Kreditkarte wählen, bestellen.',
  'tour.follow': 'Ihr folgen',
  'tour.followText':
    'Öffnen Sie die Bestellung: Ihre Schritte bewegen sich mit den Kafka-Ereignissen, bis das Paket da ist.',
  'tour.decline': 'Eine Zahlung ablehnen',
  'tour.declineText': 'Starten Sie das Szenario mit der abgelehnten Karte: eine Bestellung, deren Bank ablehnt.',
  'tour.undone': 'Sehen, wie sie zurückgenommen wird',
  'tour.undoneText': 'Öffnen Sie die abgelehnte Bestellung: Unter dem Hinweg steht der Rückweg, in umgekehrter Folge.',
  'tour.staff': 'Zum Team gehören',
  'tour.staffText': 'Alle Bestellungen, nach Status, nach Konto, und die, die jemanden brauchen.',
  'tour.clock': 'Die Uhr einer Bestellung',
  'tour.clockText':
    'Öffnen Sie eine Bestellung, dann „Eine Uhr“: Temporal, Kafka, Anbieter, Bücher auf einer Zeitachse.',
  'tour.letters': 'Unzustellbares',
  'tour.lettersText':
    'Was ein Dienst nicht verarbeiten konnte, wartet hier, um nach einer Probe erneut gesendet oder verworfen zu werden. Leer ist gut.',
  'tour.figures': 'Zahlen',
  'tour.figuresText':
    'Wie viele Bestellungen wie endeten, warum sie zurückgenommen wurden und wie lange sie brauchten. Jeder Balken führt zu seinen Bestellungen.',
  'tour.checks': 'Stimmt alles?',
  'tour.checksText': '„Jetzt prüfen“ fragt Datenbanken, Kafka und Temporal, ob gilt, was immer gelten muss.',
  'tour.temporal': 'Temporals eigene Sicht',
  'tour.temporalText': 'Jede Bestellung ist ein Workflow, dessen Id die der Bestellung ist.',
}
